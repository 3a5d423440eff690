using System.Text.Json;
using Serverless.Imaging;

namespace Serverless.Embeddings;

/// <summary>The preprocessing described by <c>preprocessor_config.json</c>.</summary>
internal sealed record PreprocessorConfig(
    ImageSize? Resize,
    Resample Resample,
    (int Width, int Height)? Crop,
    double Rescale,
    float[]? Mean,
    float[]? Deviation
)
{
    public const string FileName = "preprocessor_config.json";

    private static readonly string[] Clip =
    [
        "CLIPImageProcessor",
        "CLIPImageProcessorFast",
        "CLIPFeatureExtractor",
        "ChineseCLIPImageProcessor",
    ];
    private static readonly string[] Siglip =
    [
        "SiglipImageProcessor",
        "SiglipImageProcessorFast",
        "ViTImageProcessor",
        "ViTImageProcessorFast",
        "ViTFeatureExtractor",
    ];

    public static PreprocessorConfig Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        using var json = ModelFile.ReadJson(path);
        try
        {
            return new Reader(path, json.RootElement).Read();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new ModelException(path, $"not a preprocessor configuration: {exception.Message}", exception);
        }
    }

    /// <summary>The maximum shorter side of the resized picture, which limits how far decoding may shrink.</summary>
    public int ShortSide => Resize is null ? ImageDecoding.All : Resize.ShortestEdge ?? Math.Max(Resize.Width, Resize.Height);

    private sealed class Reader(string path, JsonElement root)
    {
        public PreprocessorConfig Read()
        {
            var type = Text("image_processor_type") ?? Text("feature_extractor_type");
            var isClip = type is null ? root.TryGetProperty("crop_size", out _) : Clip.Contains(type);
            if (type is not null && !isClip && !Siglip.Contains(type))
            {
                throw new ModelException(path, $"image_processor_type is {type}; supported: {string.Join(", ", [.. Clip, .. Siglip])}.");
            }

            foreach (var key in (string[])["do_pad", "do_flip_channel_order", "do_reduce_labels", "do_image_splitting"])
            {
                if (Flag(key, false))
                {
                    throw new ModelException(path, $"{key} is true, which is not supported.");
                }
            }

            var resize = Flag("do_resize", true) ? Size("size", squareWhenNumber: !isClip) ?? throw Missing("size") : null;
            var crop = Flag("do_center_crop", isClip) ? Size("crop_size", squareWhenNumber: true) ?? throw Missing("crop_size") : null;
            if (crop is { ShortestEdge: not null })
            {
                throw new ModelException(path, "crop_size names a shortest_edge; height and width are needed.");
            }

            if (crop is null && resize is { ShortestEdge: not null })
            {
                throw new ModelException(path, "size names a shortest_edge but do_center_crop is false, so images would differ in size.");
            }

            return new PreprocessorConfig(
                resize,
                Filter(),
                crop is null ? null : (crop.Width, crop.Height),
                Flag("do_rescale", true) ? Number("rescale_factor", 1 / 255.0) : 1.0,
                Flag("do_normalize", true)
                    ? Triple("image_mean", isClip ? [0.48145466f, 0.4578275f, 0.40821073f] : [0.5f, 0.5f, 0.5f])
                    : null,
                Flag("do_normalize", true)
                    ? Triple("image_std", isClip ? [0.26862954f, 0.26130258f, 0.27577711f] : [0.5f, 0.5f, 0.5f])
                    : null
            );
        }

        private ModelException Missing(string key) => new(path, $"{key} is missing.");

        private string? Text(string key) =>
            root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private bool Flag(string key, bool unset) =>
            !root.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null
                ? unset
                : value.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => throw new ModelException(path, $"{key} is {value.GetRawText()}; true or false is allowed."),
                };

        private double Number(string key, double unset) =>
            !root.TryGetProperty(key, out var value) ? unset
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : throw new ModelException(path, $"{key} is {value.GetRawText()}; a number is allowed.");

        private Resample Filter() =>
            Number("resample", (double)Resample.Bicubic) is var code && code is >= 0 and <= 5 && code == Math.Floor(code)
                ? (Resample)(int)code
                : throw new ModelException(path, $"resample is {code}; a whole number from 0 (nearest) to 5 (Hamming) is allowed.");

        private ImageSize? Size(string key, bool squareWhenNumber)
        {
            if (!root.TryGetProperty(key, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && Side(key, value) is var side)
            {
                return squareWhenNumber ? new ImageSize(side, side, null) : new ImageSize(0, 0, side);
            }

            if (value.ValueKind == JsonValueKind.Object)
            {
                if (value.TryGetProperty("height", out var height) && value.TryGetProperty("width", out var width))
                {
                    return new ImageSize(Side(key, width), Side(key, height), null);
                }

                if (value.TryGetProperty("shortest_edge", out var edge) && !value.TryGetProperty("longest_edge", out _))
                {
                    return new ImageSize(0, 0, Side(key, edge));
                }
            }

            throw new ModelException(path, $"{key} is {value.GetRawText()}; height and width, or a shortest_edge, are allowed.");
        }

        private int Side(string key, JsonElement value) =>
            value.TryGetInt32(out var side) && side is >= 1 and <= 4096
                ? side
                : throw new ModelException(path, $"{key} is {value.GetRawText()}; a number of pixels from 1 to 4096 is allowed.");

        private float[] Triple(string key, float[] unset)
        {
            if (!root.TryGetProperty(key, out var value))
            {
                return unset;
            }

            var numbers =
                value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
                    ? value.EnumerateArray().Select(item => item.GetSingle()).ToArray()
                    : [];
            return numbers.Length == 3 && (key != "image_std" || numbers.All(number => number > 0))
                ? numbers
                : throw new ModelException(
                    path,
                    $"{key} is {value.GetRawText()}; three numbers are needed{(key == "image_std" ? ", each above zero" : string.Empty)}."
                );
        }
    }
}

/// <summary>Either a width and a height, or the length of the shorter edge with the aspect ratio kept.</summary>
internal sealed record ImageSize(int Width, int Height, int? ShortestEdge);
