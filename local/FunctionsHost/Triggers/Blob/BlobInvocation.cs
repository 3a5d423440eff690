using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;

namespace FunctionsHost.Triggers.Blob;

/// <summary>The payload of a blob trigger, as version 5 of the storage extension makes it.</summary>
internal static class BlobInvocation
{
    public static Invocation Create(
        Function function, JsonNode data, BlobClient blob, BlobProperties properties, IReadOnlyList<KeyValuePair<string, string>> tokens)
    {
        var invocation = new Invocation(function, data, $"{blob.BlobContainerName}/{blob.Name}")
            .With("Uri", BindingData.Text(blob.Uri.AbsoluteUri))
            .With("Properties", Serialise(properties))
            .With("Metadata", BindingData.Texts(properties.Metadata));
        foreach (var (token, value) in tokens)
        {
            invocation.With(token, BindingData.Text(value));
        }

        return invocation;
    }

    /// <summary>What a handler gets instead of the bytes: the reference itself is lost on the way, in Azure too.</summary>
    public static JsonNode DeferredData(string connection, string container, string name)
    {
        var reference = JsonSerializer.SerializeToUtf8Bytes(
            new { Connection = connection, ContainerName = container, BlobName = name }, BindingData.Json);
        return new JsonObject
        {
            ["Version"] = "1.0",
            ["Source"] = "AzureStorageBlobs",
            ["Content"] = new JsonObject { ["Length"] = reference.Length, ["IsEmpty"] = false, ["MediaType"] = null },
            ["ContentType"] = "application/json",
        };
    }

    private static JsonObject Serialise(BlobProperties properties)
    {
        var json = JsonSerializer.SerializeToNode(properties, BindingData.Json)!.AsObject();
        json["ETag"] = new JsonObject(); // Lost in Azure as well: a handler must not count on it.
        return json;
    }
}
