using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Local;
using Xunit;

namespace Functions.Tests.Embeddings;

/// <summary><c>@huggingface/transformers</c> and <c>onnxruntime-node</c>, the implementation that ours must equal.</summary>
public sealed class TransformersPeer : IAsyncLifetime
{
    private readonly SemaphoreSlim turn = new(1);
    private Process process = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = Folder();
        await NodePackages.InstallAsync(folder);
        process = Process.Start(
            new ProcessStartInfo("node", ["peer.mjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        turn.Dispose();
    }

    public async Task<int[][]> TokenizeAsync(string folder, IEnumerable<string> texts)
    {
        var reply = await AskAsync(
            new JsonObject
            {
                ["op"] = "tokenize",
                ["folder"] = folder,
                ["texts"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]),
            }
        );
        return reply["ids"].Deserialize<int[][]>()!;
    }

    public async Task<float[]> RunAsync(string model, string output, params (string Name, Array Values, int[] Shape)[] inputs)
    {
        var feeds = new JsonObject();
        foreach (var (name, values, shape) in inputs)
        {
            var bytes = values is float[] floats ? MemoryMarshal.AsBytes<float>(floats) : MemoryMarshal.AsBytes<long>((long[])values);
            feeds[name] = new JsonObject
            {
                ["type"] = values is float[] ? "float32" : "int64",
                ["dims"] = new JsonArray([.. shape.Select(side => (JsonNode)side)]),
                ["data"] = Convert.ToBase64String(bytes),
            };
        }

        var reply = await AskAsync(
            new JsonObject
            {
                ["op"] = "run",
                ["model"] = model,
                ["output"] = output,
                ["inputs"] = feeds,
            }
        );
        return MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)reply["data"]!)).ToArray();
    }

    private async Task<JsonNode> AskAsync(JsonObject request)
    {
        await turn.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(request.ToJsonString());
            await process.StandardInput.FlushAsync();
            var reply = JsonNode.Parse(
                await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer has ended.")
            )!;
            return reply["error"] is { } error ? throw new InvalidOperationException($"The peer failed: {error}") : reply;
        }
        finally
        {
            turn.Release();
        }
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../peers/transformers"));
}
