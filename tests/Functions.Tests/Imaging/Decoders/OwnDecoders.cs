using System.Diagnostics;
using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;

namespace Functions.Tests.Imaging.Decoders;

/// <summary>Decoder processes of a test's own, and what can be done to them from outside.</summary>
internal sealed class OwnDecoders : IDisposable
{
    private const int SigStop = 19;
    private const int SigCont = 18;

    public OwnDecoders(ImageLimits? limits = null)
    {
        limits ??= new ImageLimits();
        Pool = new DecoderPool(limits.DecoderMegabytes);
        Reader = new ImageReader(Options.Create(limits), Options.Create(new ImageDecoding()), Pool);
    }

    public DecoderPool Pool { get; }

    public ImageReader Reader { get; }

    /// <summary>As many decoders as that, waiting for a picture.</summary>
    public async Task<int[]> IdleAsync(int count)
    {
        while (Pool.Idle.Count() < count)
        {
            Pool.Return(DecoderProcess.Start(1000));
            await Task.Yield();
        }

        return [.. Pool.Idle.Select(child => child.Id)];
    }

    /// <summary>The decoder that has a picture now, other than this one.</summary>
    public async Task<int> BusyAsync(int other = 0, bool isBackground = false)
    {
        while (true)
        {
            if (Pool.Watch.Running.FirstOrDefault(run => run.Child.Id != other && run.Child.IsBackground == isBackground) is { } run)
            {
                return run.Child.Id;
            }

            await Task.Yield();
        }
    }

    /// <summary>It is there, and gets no further: whatever happens to it next happens in the middle of a picture.</summary>
    public static void Freeze(int process) => Assert.Equal(0, Kill(process, SigStop));

    public static void Thaw(int process) => _ = Kill(process, SigCont);

    /// <summary>The signal that a crash sends.</summary>
    public static void End(int process, int signal)
    {
        Assert.Equal(0, Kill(process, signal));
        _ = Kill(process, SigCont);
    }

    /// <summary>Whether it is over; one that nobody has collected yet counts.</summary>
    public static bool IsGone(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/stat");
            return status[(status.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static async Task GoneAsync(int process)
    {
        while (!IsGone(process))
        {
            await Task.Delay(10);
        }
    }

    /// <summary>The most physical memory that an idle decoder ever had, in MiB.</summary>
    public long PeakMemory() => Pool.Idle.Max(child => long.Parse(
        File.ReadLines($"/proc/{child.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], null) / 1024);

    public void Dispose() => Pool.Dispose();

    private static int Kill(int process, int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        return kill.ExitCode;
    }
}
