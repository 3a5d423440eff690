using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EndToEnd.Tests;
using Shared;

namespace Ui.Tests;

/// <summary>Documents of an index without their images: what there is to filter by and to count, but nothing to look at.</summary>
internal static class ManyImages
{
    private const int Batch = 1000;

    private static readonly string[] Colours =
    [
        "black",
        "blue",
        "brown",
        "gray",
        "green",
        "orange",
        "pink",
        "purple",
        "red",
        "teal",
        "white",
        "yellow",
    ];
    private static readonly string[] Styles = ["photo", "lineDrawing", "clipArt", "screenshot", "document", "chart", "map", "blueprint"];
    private static readonly string[] Orientations = ["landscape", "portrait", "square", "panorama"];
    private static readonly string[] Places = ["left", "right", "top", "bottom", "center"];

    /// <summary>Things of the vocabulary: others are refused as filters.</summary>
    private static readonly string[] Things =
    [
        .. File.ReadLines(Path.Combine(RepositoryFolder.Path, "functions", "Labels", "vocabulary.txt"))
            .SkipWhile(line => line != "[objects]")
            .Skip(1)
            .Where(line => line.Length > 0 && !line.StartsWith('#') && !line.Contains("{}", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0].Trim()),
    ];

    /// <summary>What an image shows, of some fifty things; the first are the most frequent.</summary>
    public static string ObjectOf(int image) => Things[image % 61 * (image % 61) / 62];

    public static string ColourOf(int image) => Colours[image % 7 * (image % 7) / 4 % Colours.Length];

    public static string StyleOf(int image) => Styles[image / 3 % Styles.Length];

    public static async Task WriteAsync(LocalStack stack, int images)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(stack.Search.CertificateFile);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = stack.Search.Endpoint };
        http.DefaultRequestHeaders.Add("api-key", stack.Search.ApiKey);
        foreach (var some in Enumerable.Range(0, images).Chunk(Batch))
        {
            using var response = await http.PostAsJsonAsync(
                $"/indexes('{stack.Search.Index}')/docs/search.index?api-version=2024-07-01",
                new { value = some.Select(DocumentOf) }
            );
            response.EnsureSuccessStatusCode();
        }
    }

    private static Dictionary<string, object> DocumentOf(int image) =>
        new()
        {
            ["@search.action"] = "upload",
            ["id"] = image.ToString("x32", CultureInfo.InvariantCulture),
            ["path"] = $"images/many/{image:00000}.jpg",
            ["folders"] = new[] { "images/", "images/many/" },
            ["sha256"] = image.ToString("x64", CultureInfo.InvariantCulture),
            ["format"] = image % 5 == 0 ? "png" : "jpeg",
            ["width"] = 1600,
            ["height"] = 1200,
            ["bytes"] = 200_000 + image,
            ["uploadedAt"] = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(image),
            ["verdict"] = "new",
            ["tags"] = new[] { $"tag {image % 40}" },
            ["colors"] = new[] { ColourOf(image) },
            ["background"] = Colours[image / 11 % Colours.Length],
            ["style"] = StyleOf(image),
            ["objects"] = new[] { ObjectOf(image) },
            ["categories"] = new[] { $"Category {image % 30}" },
            ["orientation"] = Orientations[image % 4],
            ["subject"] = new[] { Places[image % 5] },
            ["framing"] = image % 3 == 0 ? "wide" : "medium",
            ["copySpace"] = new[] { Places[image % 4] },
            ["bw"] = image % 9 == 0,
            ["isolated"] = image % 6 == 0,
            ["transparent"] = false,
        };
}
