using System.Globalization;
using Bench.Quality;

// dotnet run -c Release --project bench/Quality [-- --every 3] [--pairs FILE] [--pictures DIR]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var work = Path.Combine(repository, "artifacts", "bench-quality");
Directory.CreateDirectory(work);
var every = Value("--every") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
if (Value("--pictures") is { } pictures)
{
    PhotoSet.Collect(work, pictures);
    return;
}

Frames.Write(work);
await using var benchmark = new Benchmark(work, every);
await benchmark.RunAsync(Value("--pairs"));

string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
