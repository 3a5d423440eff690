using System.Text;
using System.Text.Json;
using NetVips;

namespace Bench.Quality.Labels;

/// <summary>
/// Drawings with names, from an npm package <c>@iconify-json/…</c> that has been unpacked into a folder. Colours of skin and flags are
/// left out: there would be nothing else. They are drawn at once, as the app lets nothing draw vectors later.
/// </summary>
internal static class IconSet
{
    private const int Side = 256;

    public static IEnumerable<LabelSample> Read(string folder, string set, string style, bool isHeldOut)
    {
        var package = Directory.GetDirectories(folder, $"iconify-json-{set}-*").Single();
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, "package", "icons.json")));
        var (width, height) = (Number(json.RootElement, "width"), Number(json.RootElement, "height"));
        var samples = new List<LabelSample>();
        foreach (var icon in json.RootElement.GetProperty("icons").EnumerateObject())
        {
            if (icon.Name.Contains("skin-tone", StringComparison.Ordinal) || icon.Name.StartsWith("flag-for", StringComparison.Ordinal))
            {
                continue;
            }

            var body = icon.Value.GetProperty("body").GetString()!;
            var svg =
                $"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
                + $"width='{Side}' height='{Side}' viewBox='0 0 {width} {height}' color='black'>{body}</svg>";
            var png = Png(svg);
            samples.Add(new LabelSample(set, style, icon.Name.Replace('-', ' '), isHeldOut, () => png));
        }

        return samples;
    }

    private static int Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : 16;

    private static byte[] Png(string svg)
    {
        using var image = Image.NewFromBuffer(Encoding.UTF8.GetBytes(svg));
        using var flat = image.Flatten(background: [255]);
        return flat.PngsaveBuffer();
    }
}
