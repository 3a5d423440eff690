using System.Collections.Concurrent;

namespace Serverless.Imaging.Decoders;

/// <summary>
/// The app's decoder processes: started on demand with one spare, reused, and replaced when they die or grow. As many pictures are decoded
/// at once as there are processors, plus as many large or slow ones at low priority.
/// </summary>
internal sealed class DecoderPool : IDisposable
{
    /// <summary>Pictures per process, which bounds leaks and memory fragmentation.</summary>
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

    /// <param name="memoryMegabytes">The memory a decoder may take in addition to what it has when ready.</param>
    public DecoderPool(long memoryMegabytes, DecoderLibrary library = DecoderLibrary.Libvips)
    {
        this.library = library;
        this.memoryMegabytes = memoryMegabytes;
        Quick = new SemaphoreSlim(processors);
        Background = new SemaphoreSlim(processors);
        Watch = new DecoderWatch(this, memoryMegabytes);
    }

    /// <summary>For use without a service container.</summary>
    public static DecoderPool Default => DefaultPool.Value;

    public SemaphoreSlim Quick { get; }

    public SemaphoreSlim Background { get; }

    public DecoderWatch Watch { get; }

    /// <summary>The idle processes.</summary>
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
        // As many as can be busy, plus the spare: with one less, two concurrent pictures would end a decoder each time.
        var idle = child.IsBackground ? background : ready;
        if (isDisposed || child.IsDead || idle.Count > processors || child.Pictures >= MostPictures || child.HasGrown(MostMemoryKept))
        {
            child.Dispose();
            Prepare();
            return;
        }

        idle.Push(child);
    }

    /// <summary>Starts a spare decoder if none is idle. Returns at once.</summary>
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
                // The picture that needs it will report the error.
            }
            finally
            {
                Volatile.Write(ref starting, 0);
            }
        });
    }

    /// <summary>Ends all decoders; runs in progress fail.</summary>
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
