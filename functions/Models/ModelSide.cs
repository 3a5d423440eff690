using Serverless.Ledger;

namespace Serverless.Models;

/// <summary>A model with its index, and all services of the app composed for the two.</summary>
/// <param name="IsHome">The side of the settings, whose services are the process's own.</param>
internal sealed record ModelSide(ModelChoice Choice, IServiceProvider Services, bool IsHome)
{
    /// <summary>Model and index are prepared.</summary>
    public bool IsOpen { get; set; }
}

/// <summary>Composes the services of a side that is not that of the settings.</summary>
internal delegate IServiceProvider SideComposer(ModelChoice choice);
