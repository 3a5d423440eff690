using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionsHost.Diagnostics;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Google.Protobuf;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Newtonsoft.Json;
using JsonException = System.Text.Json.JsonException;

namespace FunctionsHost.Listeners;

/// <summary>Called by the methods that <see cref="FunctionTypes"/> generates, and therefore public and static.</summary>
public static class FunctionDispatcher
{
    private static readonly TaskCompletionSource<WorkerSupervisor> Supervisor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static void Connect(WorkerSupervisor supervisor) => Supervisor.SetResult(supervisor);

    /// <summary>Runs a function in the worker; throws if it fails, so that the listener counts the attempt.</summary>
    public static async Task DispatchAsync(string function, string parameter, object input, Binder binder, CancellationToken cancellation)
    {
        var invocation = new Invocation(function, new() { [parameter] = Convert(input) });
        foreach (var (name, value) in binder.BindingData.Where(pair => pair.Value is not null && pair.Key != "sys"))
        {
            invocation.Metadata[name] = Convert(value);
        }

        // The properties of a message that is a JSON object are binding data too, and override the queue's own.
        foreach (var (name, value) in MembersOf(input as string).Where(member => member.Value is JsonValue or JsonObject))
        {
            invocation.Metadata[name] = value is JsonObject ? new() { Json = value.ToJsonString() } : new() { String = value!.ToString() };
        }

        var result = await (await Supervisor.Task).InvokeAsync(invocation, cancellation);
        if (!result.Succeeded)
        {
            throw new HostException(result.Error!);
        }
    }

    private static JsonObject MembersOf(string? message)
    {
        try
        {
            return message?.TrimStart().StartsWith('{') == true ? JsonNode.Parse(message)!.AsObject() : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static TypedData Convert(object value) =>
        value switch
        {
            string text => new() { String = text },
            byte[] bytes => new() { Bytes = ByteString.CopyFrom(bytes) },
            ParameterBindingData reference => new()
            {
                ModelBindingData = new()
                {
                    Version = reference.Version,
                    Source = reference.Source,
                    ContentType = reference.ContentType,
                    Content = ByteString.CopyFrom(reference.Content),
                },
            },
            _ => new() { Json = JsonConvert.SerializeObject(value) },
        };
}
