using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>The fonts that drawings are set in, from Debian packages: DejaVu (Bitstream Vera's licence) and Liberation (OFL-1.1).</summary>
internal static class Typefaces
{
    /// <summary>Has the signs of chess and many icons besides letters.</summary>
    public const string Signs = "DejaVuSans";

    public const string Mono = "DejaVuSansMono";

    private static readonly string[] Packages = ["fonts-dejavu-core", "fonts-liberation"];
    private static readonly string[] Text =
    [
        "LiberationSans-Regular",
        "DejaVuSans",
        "LiberationSerif-Regular",
        "DejaVuSerif",
        "LiberationSansNarrow-Regular",
        "LiberationMono-Regular",
    ];
    private static readonly string[] Bold =
    [
        "LiberationSans-Bold",
        "DejaVuSans-Bold",
        "LiberationSerif-Bold",
        "DejaVuSerif-Bold",
        "LiberationSansNarrow-Bold",
        "LiberationMono-Bold",
    ];
    private static readonly Dictionary<string, SKTypeface> Known = [];

    public static void Load(string work)
    {
        foreach (
            var file in Packages.SelectMany(package =>
                Directory.GetFiles(DebianPackage.Folder(work, package), "*.ttf", SearchOption.AllDirectories)
            )
        )
        {
            Known[Path.GetFileNameWithoutExtension(file)] = SKTypeface.FromFile(file);
        }
    }

    public static SKTypeface Named(string name) => Known[name];

    /// <summary>A family for running text, and its bold one.</summary>
    public static (SKTypeface Regular, SKTypeface Bold) Family(Random layout)
    {
        var at = layout.Next(Text.Length);
        return (Known[Text[at]], Known[Bold[at]]);
    }
}
