namespace TestWorker;

/// <summary>How the test and this process talk: files, which outlive either of them.</summary>
internal sealed class TestFolder(string path)
{
    /// <summary>What the test wants of a function at this moment.</summary>
    public string Mode(string name)
    {
        var file = Path.Combine(path, $"mode-{name}");
        return File.Exists(file) ? File.ReadAllText(file) : "ok";
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
