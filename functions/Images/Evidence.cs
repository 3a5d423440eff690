using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Imaging;

namespace Serverless.Images;

/// <summary>Why a verdict is what it is.</summary>
/// <param name="Rule">The rule that decided, one of <see cref="DuplicateRules"/>.</param>
/// <param name="Sentence">The same for a person.</param>
/// <param name="Similarity">Cosine of the vectors of the near-duplicate search, in [-1, 1].</param>
/// <param name="Threshold">The cosine from which on images count as alike.</param>
/// <param name="HashDistance">Bits that differ between the two 64-bit perceptual hashes.</param>
/// <param name="Alignment">How the small luma pictures lie on each other.</param>
/// <param name="Model">The model that made the vectors.</param>
/// <param name="Pixels">What the small pictures say; null where they were not looked at.</param>
/// <param name="Turn">How the later of the two must be turned to lie on the other; null where it need not be.</param>
/// <param name="Differences">
/// Where the originals differ in full detail, the largest places first, at most 20; A is the image with this evidence, B the one
/// that it is compared with. Null where they do not, or were not compared.
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
    Turn? Turn = null,
    IReadOnlyList<DetailDifference>? Differences = null
);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
