using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Serverless.Imaging.Decoders;

/// <summary>One decoder process, seen from the app. Used by one picture at a time; any thread may kill it.</summary>
internal sealed class DecoderProcess : IDisposable
{
    private readonly Process process;
    private readonly Stream input;
    private readonly Stream output;
    private volatile bool isDead;
    private long moved;

    private DecoderProcess(Process process)
    {
        this.process = process;
        Id = process.Id;
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
    }

    public int Id { get; }

    /// <summary>It gives way to everything else on the machine. There is no way back.</summary>
    public bool IsBackground { get; private set; }

    /// <summary>How many pictures it has had.</summary>
    public int Pictures { get; private set; }

    public bool IsDead => isDead || HasExited();

    /// <summary>Processor time that it has used since its start.</summary>
    public TimeSpan ProcessorTime => Ask(static process => process.TotalProcessorTime);

    /// <summary>Bytes of physical memory that it has.</summary>
    public long WorkingSet =>
        Ask(static process =>
        {
            process.Refresh();
            return process.WorkingSet64;
        });

    /// <exception cref="IOException">The program cannot be started.</exception>
    public static DecoderProcess Start(long memoryMegabytes, DecoderLibrary library)
    {
        try
        {
            return new DecoderProcess(Process.Start(DecoderExecutable.StartInfo(memoryMegabytes, library))!);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new IOException($"A decoder process cannot be started: {error.Message}", error);
        }
    }

    /// <summary>Sends a request and waits for its answer, for as long as that takes.</summary>
    /// <exception cref="DecoderDiedException">The process ended, was killed, or failed by its own fault.</exception>
    /// <exception cref="UndecodableException">The file is at fault.</exception>
    public DecoderReply Exchange(DecoderRequest request, ReadOnlySpan<byte> bytes, out byte[] payload)
    {
        DecoderReply reply;
        try
        {
            Pictures += request.Operation == DecoderOperation.Open ? 1 : 0;
            DecoderProtocol.Send(input, request with { Length = bytes.Length }, bytes);
            reply = DecoderProtocol.Receive<DecoderReply>(output) ?? throw new EndOfStreamException();
            payload = DecoderProtocol.Payload(output, reply.Length);
            moved += bytes.Length + payload.Length;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ObjectDisposedException or OverflowException)
        {
            Kill();
            throw new DecoderDiedException("The decoder process ended in the middle of a picture.", error);
        }

        if (reply.Status == DecoderStatus.Failed)
        {
            Kill();
            throw new DecoderDiedException($"The decoder failed: {Encoding.UTF8.GetString(payload)}.");
        }

        return reply.Status == DecoderStatus.Done ? reply : throw new UndecodableException(Encoding.UTF8.GetString(payload));
    }

    /// <summary>Whether it keeps more physical memory than this. Looked at only where one of its pictures may have left so much.</summary>
    public bool HasGrown(long bytes)
    {
        var looks = moved > bytes / 8 || Pictures % 50 == 0;
        moved = 0;
        return looks && WorkingSet > bytes;
    }

    public void MakeBackground()
    {
        IsBackground = true;
        ProcessPriority.Lower(process);
    }

    public void Kill()
    {
        isDead = true;
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Kills it, and waits until the operating system has taken back what it had.</summary>
    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        input.Dispose();
        output.Dispose();
        process.Dispose();
    }

    private bool HasExited()
    {
        try
        {
            return process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private T Ask<T>(Func<Process, T> question)
        where T : struct
    {
        try
        {
            return question(process);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            return default; // It has just ended.
        }
    }
}
