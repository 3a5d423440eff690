using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Rules;

/// <summary>The request and the progress of a rule that is applied, or undone.</summary>
internal sealed record RuleState
{
    public Rule Rule { get; init; } = new();

    /// <summary>The job that is undone; null if the rule is applied.</summary>
    public string? UndoOf { get; init; }

    /// <summary>The list key to continue after; null at the start.</summary>
    public string? After { get; init; }

    /// <summary>All pairs are decided; now they are carried out.</summary>
    public bool IsPlanned { get; init; }

    public RuleCounts Counts { get; init; } = new();

    /// <summary>Number of pairs to carry out, or to undo.</summary>
    public int Total { get; init; }

    /// <summary>Of those, the ones that are over.</summary>
    public int At { get; init; }

    public int Done { get; init; }

    public int Left { get; init; }

    /// <summary>There were more pairs than one run takes.</summary>
    public bool IsCapped { get; init; }

    public string Text() => JsonSerializer.Serialize(this, RuleJson.Default.RuleState);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RuleState))]
[JsonSerializable(typeof(RuledPair))]
internal sealed partial class RuleJson : JsonSerializerContext;
