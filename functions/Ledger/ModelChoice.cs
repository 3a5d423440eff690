namespace Serverless.Ledger;

/// <summary>A model and the index that has its vectors.</summary>
/// <param name="Provider">As in the setting Embedding:Provider.</param>
/// <param name="Model">As in the setting Embedding:Model.</param>
/// <param name="Index">As in the setting Search:Index.</param>
internal sealed record ModelChoice(string Provider, string Model, string Index)
{
    public bool IsSameModel(ModelChoice other) => Provider == other.Provider && Model == other.Model;
}
