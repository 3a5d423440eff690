using System.Diagnostics;
using System.Text.Json;

namespace Bench.Embedding;

/// <summary><c>@huggingface/transformers</c> under Node.js, over the same model files and photos.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;
    private readonly int images;

    private Peer(Process process, int images) => (this.process, this.images) = (process, images);

    public static Peer Start(string script, string model, string photos, string precision, int images)
    {
        var start = new ProcessStartInfo("node", [script, model, photos, precision, "1", "8"])
        {
            WorkingDirectory = Path.GetDirectoryName(script)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer did not start.");
        return new Peer(process, images);
    }

    public Cost Pass()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        using var reply = JsonDocument.Parse(
            process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer has ended.")
        );
        return new Cost(
            reply.RootElement.GetProperty("wallMs").GetDouble() / images,
            reply.RootElement.GetProperty("cpuMs").GetDouble() / images
        );
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
