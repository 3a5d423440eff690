using NetVips;

namespace Serverless.Imaging;

/// <summary>
/// The only place that configures libvips: only the loaders of supported formats may run on untrusted bytes, with one thread per picture
/// (callers run in parallel) and no result cache.
/// </summary>
internal static class Libvips
{
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg",
        "VipsForeignLoadPng",
        "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif",
        "VipsForeignLoadTiff",
        "VipsForeignLoadHeif",
    ];

    private static readonly Lazy<bool> Ready = new(() =>
    {
        // Warnings about damaged files would clutter the console; the caller gets the reason instead.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, static (_, _, _) => { });
        Cache.Max = 0;
        Cache.MaxMem = 0;
        Cache.MaxFiles = 0;
        NetVips.NetVips.Concurrency = 1;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
        {
            Operation.Block(loader, false);
        }

        NetVips.NetVips.BlockUntrusted = true;
        return true;
    });

    public static void Initialise() => _ = Ready.Value;

    /// <summary>Opens a file with its format's loader, without decoding it.</summary>
    public static ImageContents Contents(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        Initialise();
        using var image = Image.NewFromBuffer(bytes.Span, access: Enums.Access.Sequential);
        var frames = format is ImageFormat.Gif or ImageFormat.Webp && image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
        return ImageContents.Single(bytes, format, (image.Width, image.Height), frames);
    }

    /// <summary>Makes the evaluation of an image fail after cancellation; checked after each strip of rows.</summary>
    public static void StopWhen(this Image image, CancellationToken cancellation)
    {
        if (cancellation.CanBeCanceled)
        {
            image.SetProgress(Unheard.Instance, cancellation);
        }
    }

    private sealed class Unheard : IProgress<int>
    {
        public static readonly Unheard Instance = new();

        public void Report(int value)
        {
            // NetVips checks the token only if progress is reported.
        }
    }
}
