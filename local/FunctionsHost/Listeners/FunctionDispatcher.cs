using System.Text.Json;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Google.Protobuf;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Newtonsoft.Json;

namespace FunctionsHost.Listeners;

/// <summary>Called by the methods that <see cref="FunctionTypes"/> generates, and therefore public and static.</summary>
public static class FunctionDispatcher
{
    private static readonly TaskCompletionSource<WorkerSupervisor> Supervisor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static void Connect(WorkerSupervisor supervisor) => Supervisor.SetResult(supervisor);

    /// <summary>Runs a function in the worker; throws if it fails, so that the listener counts the attempt.</summary>
    public static async Task DispatchAsync(string function, string parameter, object input, Binder binder, CancellationToken cancellation)
    {
        var metadata = binder
            .BindingData.Where(pair => pair.Value is not null && pair.Key != "sys")
            .DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair.Key, pair => Convert(pair.Value), StringComparer.OrdinalIgnoreCase);
        AddMembers(input as string, metadata);
        var invocation = new Invocation(function, new Dictionary<string, TypedData> { [parameter] = Convert(input) }, metadata);
        var result = await (await Supervisor.Task).InvokeAsync(invocation, cancellation);
        if (!result.Succeeded)
        {
            throw new FunctionException(result.Error!);
        }
    }

    /// <summary>The properties of a message that is a JSON object are binding data too, and override the queue's own.</summary>
    private static void AddMembers(string? message, Dictionary<string, TypedData> metadata)
    {
        if (message is null || !message.AsSpan().TrimStart().StartsWith("{"))
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(message);
            var members = json.RootElement.EnumerateObject();
            foreach (var member in members.Where(member => member.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)))
            {
                metadata[member.Name] =
                    member.Value.ValueKind == JsonValueKind.Object
                        ? Invocation.Json(member.Value.GetRawText())
                        : Invocation.Text(member.Value.ToString());
            }
        }
        catch (System.Text.Json.JsonException) { }
    }

    private static TypedData Convert(object value) =>
        value switch
        {
            string text => Invocation.Text(text),
            byte[] bytes => new TypedData { Bytes = ByteString.CopyFrom(bytes) },
            ParameterBindingData reference => new TypedData
            {
                ModelBindingData = new()
                {
                    Version = reference.Version,
                    Source = reference.Source,
                    ContentType = reference.ContentType,
                    Content = ByteString.CopyFrom(reference.Content),
                },
            },
            _ => Invocation.Json(JsonConvert.SerializeObject(value)),
        };
}
