using System.Diagnostics;
using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Shared;

namespace Functions.Tests.Imaging.Decoders;

/// <summary>Decoder processes of a test's own, and what can be done to them from outside.</summary>
internal sealed class OwnDecoders : IDisposable
{
    private const int SigKill = 9;
    private const int SigStop = 19;
    private const int SigCont = 18;

    public OwnDecoders(ImageLimits? limits = null, DecoderLibrary library = DecoderLibrary.Libvips)
    {
        limits ??= new ImageLimits();
        Pool = new DecoderPool(limits.DecoderMegabytes, library);
        Reader = new ImageReader(Options.Create(limits), Options.Create(new ImageDecoding()), Pool);
    }

    public DecoderPool Pool { get; }

    public ImageReader Reader { get; }

    /// <summary>As many decoders as that, waiting for a picture, and for one of the other lane no more than there were.</summary>
    public int[] Idle(int count, bool isBackground = false)
    {
        while (Waiting().Count() < count)
        {
            var child = DecoderProcess.Start(1000, DecoderLibrary.Libvips);
            if (isBackground)
            {
                child.MakeBackground();
            }

            Pool.Return(child);
        }

        return [.. Waiting().Select(child => child.Id)];

        IEnumerable<DecoderProcess> Waiting() => Pool.Idle.Where(child => child.IsBackground == isBackground);
    }

    /// <summary>Decoders that wait for a picture and will get no further with it than to have it.</summary>
    public int[] Frozen(int count, bool isBackground = false)
    {
        var idle = Idle(count, isBackground);
        foreach (var process in idle)
        {
            Freeze(process);
        }

        return idle;
    }

    /// <summary>The decoder that has a picture now, other than this one.</summary>
    public async Task<int> BusyAsync(int other = 0) => (await BusyAsync(1, run => run.Child.Id != other))[0];

    /// <summary>So many decoders that have a picture now.</summary>
    public async Task<int[]> BusyAsync(int count, Func<DecodeRun, bool> isMeant) =>
        [
            .. await Patience.UntilAsync(
                () => Task.FromResult(Pool.Watch.Running.Where(isMeant).Select(run => run.Child.Id).ToList()),
                busy => busy.Count >= count
            ),
        ];

    /// <summary>It is there, and gets no further: whatever happens to it next happens in the middle of a picture.</summary>
    public static void Freeze(int process) => Assert.Equal(0, Kill(process, SigStop));

    public static void Thaw(int process) => _ = Kill(process, SigCont);

    /// <summary>As a crash does. Signals that the runtime handles may be swallowed where they are sent from outside.</summary>
    public static void End(int process) => Assert.Equal(0, Kill(process, SigKill));

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

    public static Task GoneAsync(int process) => Patience.UntilAsync(() => IsGone(process));

    /// <summary>The most physical memory that an idle decoder ever had, in MiB.</summary>
    public long PeakMemory() =>
        Pool.Idle.Max(child =>
            long.Parse(
                File.ReadLines($"/proc/{child.Id}/status")
                    .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                null
            ) / 1024
        );

    public void Dispose() => Pool.Dispose();

    private static int Kill(int process, int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        return kill.ExitCode;
    }
}
