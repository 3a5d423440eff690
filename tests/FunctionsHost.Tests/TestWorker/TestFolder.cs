namespace TestWorker;

/// <summary>How the test and this process talk: files, which outlive either of them.</summary>
internal sealed class TestFolder(string path)
{
    /// <summary>What the test wants of a function at this moment, and of one thing that it works on.</summary>
    public string Mode(string name, string? key = null)
    {
        var file = Path.Combine(path, $"mode-{name}");
        var own = $"{file}-{key}";
        return File.Exists(own) ? File.ReadAllText(own)
            : File.Exists(file) ? File.ReadAllText(file)
            : "ok";
    }

    public bool Exists(string name) => File.Exists(Path.Combine(path, name));

    public void Write(string name, string text)
    {
        var file = Path.Combine(path, name);
        File.WriteAllText(file + ".tmp", text);
        File.Move(file + ".tmp", file, overwrite: true);
    }

    public async Task WaitForAsync(string name, CancellationToken stop)
    {
        while (!Exists(name))
        {
            await Task.Delay(10, stop);
        }
    }
}
