using System.Text.Json.Nodes;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;

namespace FunctionsHost.Triggers.EventGrid;

/// <summary>The payload of an Event Grid trigger: the event as an object, and its data once more as metadata.</summary>
internal static class EventGridInvocation
{
    public static Invocation Create(Function function, JsonObject gridEvent) =>
        new Invocation(function, gridEvent.DeepClone(), $"{gridEvent["eventType"]} {gridEvent["subject"]}")
            .With("data", gridEvent["data"]?.DeepClone());
}
