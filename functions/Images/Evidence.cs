using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Imaging;

namespace Serverless.Images;

/// <summary>The reasons for a verdict.</summary>
/// <param name="Rule">The rule that decided, one of <see cref="DuplicateRules"/>.</param>
/// <param name="Sentence">The reason for people.</param>
/// <param name="Similarity">Cosine of the copy vectors, in [-1, 1].</param>
/// <param name="Threshold">The cosine at which images count as alike.</param>
/// <param name="HashDistance">Number of differing bits between the 64-bit perceptual hashes.</param>
/// <param name="Alignment">The alignment of the fingerprints.</param>
/// <param name="Model">The model that made the vectors.</param>
/// <param name="Pixels">The fingerprints' verdict; null if they were not compared.</param>
/// <param name="Turn">How the later image must be turned to match the other; null if upright.</param>
/// <param name="Differences">
/// Where the originals differ, the largest places first, at most 20; A is the image with this evidence, B the other one. Null if they do
/// not differ or were not compared.
/// </param>
public sealed record Evidence(
    string Rule,
    string Sentence,
    double? Similarity,
    double Threshold,
    int? HashDistance,
    Alignment? Alignment,
    string Model,
    PixelVerdict? Pixels = null,
    ImageOrientation? Turn = null,
    IReadOnlyList<DetailDifference>? Differences = null
);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
