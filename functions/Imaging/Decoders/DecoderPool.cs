using System.Collections.Concurrent;

namespace Serverless.Imaging.Decoders;

/// <summary>
/// The decoder processes of the app: started when they are needed, one kept ready beyond that, used again and again, replaced
/// when they have died or grown. As many pictures as there are processors are decoded at once, and as many again, at low
/// priority, of those that are large or turn out to take long.
/// </summary>
internal sealed class DecoderPool : IDisposable
{
    /// <summary>What a decoder leaks and how its memory falls apart are bounded by so many pictures.</summary>
    private const int MostPictures = 2_000;
    private const long MostMemoryKept = 400L << 20;

    private static readonly Lazy<DecoderPool> DefaultPool = new(() => new DecoderPool(new ImageLimits().DecoderMegabytes));

    private readonly ConcurrentStack<DecoderProcess> ready = new();
    private readonly ConcurrentStack<DecoderProcess> background = new();
    private readonly int processors = Math.Max(2, Environment.ProcessorCount);
    private readonly long memoryMegabytes;
    private readonly DecoderLibrary library;
    private volatile bool isDisposed;
    private int starting;

    /// <param name="memoryMegabytes">What a decoder may take beyond what it has when it is ready.</param>
    public DecoderPool(long memoryMegabytes, DecoderLibrary library = DecoderLibrary.Libvips)
    {
        this.library = library;
        this.memoryMegabytes = memoryMegabytes;
        Quick = new SemaphoreSlim(processors);
        Background = new SemaphoreSlim(processors);
        Watch = new DecoderWatch(this, memoryMegabytes);
    }

    /// <summary>For whoever reads pictures without a container of services.</summary>
    public static DecoderPool Default => DefaultPool.Value;

    public SemaphoreSlim Quick { get; }

    public SemaphoreSlim Background { get; }

    public DecoderWatch Watch { get; }

    /// <summary>The processes that wait for a picture.</summary>
    public IEnumerable<DecoderProcess> Idle => ready.Concat(background);

    /// <exception cref="IOException">No decoder can be started.</exception>
    public DecoderProcess Rent(bool isBackground)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var idle = isBackground ? background : ready;
        while (idle.TryPop(out var child))
        {
            if (!child.IsDead)
            {
                Prepare();
                return child;
            }

            child.Dispose();
        }

        var started = DecoderProcess.Start(memoryMegabytes, library);
        if (isBackground)
        {
            started.MakeBackground();
        }

        Prepare();
        return started;
    }

    public void Return(DecoderProcess child)
    {
        // As many as can be busy, and the one that is kept ready: with one less, two pictures at once would end a decoder each time.
        var idle = child.IsBackground ? background : ready;
        if (isDisposed || child.IsDead || idle.Count > processors || child.Pictures >= MostPictures || child.HasGrown(MostMemoryKept))
        {
            child.Dispose();
            Prepare();
            return;
        }

        idle.Push(child);
    }

    /// <summary>Has a decoder started where none waits, so that the next picture finds one. Returns at once.</summary>
    public void Prepare()
    {
        if (isDisposed || !ready.IsEmpty || Interlocked.Exchange(ref starting, 1) == 1)
        {
            return;
        }

        ThreadPool.QueueUserWorkItem(_ =>
        {
            try
            {
                var child = DecoderProcess.Start(memoryMegabytes, library);
                ready.Push(child);
                if (isDisposed)
                {
                    Dispose();
                }
            }
            catch (IOException)
            {
                // The picture that needs it will tell.
            }
            finally
            {
                Volatile.Write(ref starting, 0);
            }
        });
    }

    /// <summary>Ends all decoders; whoever has one is told that there are none any more.</summary>
    public void Dispose()
    {
        isDisposed = true;
        foreach (var run in Watch.Running)
        {
            run.Child.Kill();
        }

        while (ready.TryPop(out var child) || background.TryPop(out child))
        {
            child.Dispose();
        }
    }
}
