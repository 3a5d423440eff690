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

    /// <summary>Lowers its priority below everything else on the machine, permanently.</summary>
    public bool IsBackground { get; private set; }

    /// <summary>The number of pictures so far.</summary>
    public int Pictures { get; private set; }

    public bool IsDead => isDead || HasExited();

    /// <summary>Processor time since its start.</summary>
    public TimeSpan ProcessorTime => Ask(static process => process.TotalProcessorTime);

    /// <summary>Physical memory in bytes.</summary>
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

    /// <summary>Sends a request and waits for its answer, without a time limit.</summary>
    /// <exception cref="DecoderDiedException">The process crashed, was killed, or failed for a reason other than the file.</exception>
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

    /// <summary>Whether it holds more physical memory than this. Checked only if one of its pictures may have needed that much.</summary>
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
            // It has already exited.
        }
    }

    /// <summary>Kills it, and waits until the operating system has released its resources.</summary>
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
            return default; // It has just exited.
        }
    }
}
