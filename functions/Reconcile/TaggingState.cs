using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Reconcile;

/// <summary>The progress of a run that compares all images with the categories of today.</summary>
/// <param name="Asked">Of no two requests the same.</param>
internal sealed record TaggingState(Guid Asked)
{
    /// <summary>The version of labels that documents get; null before the first step.</summary>
    public string? Version { get; init; }

    /// <summary>The next partition of the ledger, 0 to 256.</summary>
    public int Partition { get; init; }

    /// <summary>Documents written.</summary>
    public int Images { get; init; }

    public int Failed { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TaggingState))]
internal sealed partial class TaggingJson : JsonSerializerContext;
