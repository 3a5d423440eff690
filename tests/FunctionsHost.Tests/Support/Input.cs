using System.Text.Json;
using FunctionsHost.Worker.Protocol;
using Google.Protobuf;

namespace FunctionsHost.Tests.Support;

/// <summary>Inputs as the host sends them.</summary>
internal static class Input
{
    public static TypedData Text(string text) => new() { String = text };

    public static TypedData Json(string json) => new() { Json = json };

    /// <summary>What a BlobClient is bound from.</summary>
    public static TypedData Blob(string container, string name, string connection = "AzureWebJobsStorage") =>
        new()
        {
            ModelBindingData = new()
            {
                Version = "1.0",
                Source = "AzureStorageBlobs",
                ContentType = "application/json",
                Content = ByteString.CopyFrom(
                    JsonSerializer.SerializeToUtf8Bytes(
                        new
                        {
                            Connection = connection,
                            ContainerName = container,
                            BlobName = name,
                        }
                    )
                ),
            },
        };
}
