using NetVips;

namespace Serverless.Imaging;

/// <summary>
/// The one place that sets up libvips: nothing but the loaders of the formats that are read may run on bytes from
/// outside, one thread for each picture (the callers are parallel), and no cache of results.
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
        // Warnings about damaged files would reach the console unasked; the caller gets a reason instead.
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

    /// <summary>What the loader of a format finds in a file, without decoding it.</summary>
    public static ImageContents Contents(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        Initialise();
        using var image = Image.NewFromBuffer(bytes.Span, access: Enums.Access.Sequential);
        var frames = format is ImageFormat.Gif or ImageFormat.WebP && image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
        return ImageContents.Single(bytes, format, (image.Width, image.Height), frames);
    }

    /// <summary>Makes the evaluation of an image end with an error once it is cancelled; seen after each strip of rows.</summary>
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
            // NetVips looks at the token only for those who want to hear of progress.
        }
    }
}
