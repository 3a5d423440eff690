namespace FunctionsHost.Configuration;

/// <summary>The one trigger of a function, as its function.json declares it.</summary>
internal abstract record Trigger(string Name);

internal sealed record BlobTrigger(string Name, string Path, string Connection, bool Deferred, bool EventGridSource) : Trigger(Name);

internal sealed record QueueTrigger(string Name, string QueueName, string Connection) : Trigger(Name);

internal sealed record TimerTrigger(string Name, string Schedule, bool RunOnStartup, bool UseMonitor) : Trigger(Name);

internal sealed record EventGridTrigger(string Name) : Trigger(Name);

internal sealed record HttpTrigger(string Name, string? Route, IReadOnlyList<string> Methods, bool Anonymous) : Trigger(Name);

/// <summary>A function of the app: its name is its folder's name.</summary>
internal sealed record Function(string Name, Trigger Trigger)
{
    public string File => FunctionJson.DisplayName(Name);

    /// <summary>The name that receipts, schedules and poison messages carry, in Azure too.</summary>
    public string Id => $"Host.Functions.{Name}";
}
