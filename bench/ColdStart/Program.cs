using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using EndToEnd.Tests;
using Functions.Tests.Pipeline;
using Shared;

// dotnet run -c Release --project bench/ColdStart -- FOLDER...
// Each folder is a published app (dotnet publish functions -c Release -o FOLDER). Starts them in turn below the local Functions
// host: how long until it is ready, how much processor time of the worker that took (which other work on the machine changes
// little), and how long the first search by a picture takes.
const int Rounds = 5;

await using var azurite = await AzuriteProcess.StartAsync();
await using var search = await SearchEmulatorProcess.StartAsync(0);
var hostProgram = Path.Combine(RepositoryFolder.Path, "local", "FunctionsHost", "bin", "Release", "net10.0", "FunctionsHost.dll");
var ready = args.ToDictionary(folder => folder, _ => new List<double>());
var processor = args.ToDictionary(folder => folder, _ => new List<double>());
var first = args.ToDictionary(folder => folder, _ => new List<double>());
for (var round = 0; round <= Rounds; round++)
{
    foreach (var folder in args)
    {
        var (start, work, picture) = await MeasureAsync(folder, round);

        // The first round reads the files from the disk; it is not counted.
        if (round > 0)
        {
            ready[folder].Add(start);
            processor[folder].Add(work);
            first[folder].Add(picture);
        }
    }
}

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {Rounds} starts each, medians (least to most)");
foreach (var folder in args)
{
    Console.WriteLine(
        $"{folder}: ready {Show(ready[folder])}, processor time {Show(processor[folder])}, first picture {Show(first[folder])}, "
            + $"{SizeOf(folder) / 1e6:0} MB"
    );
}

async Task<(double Ready, double Processor, double First)> MeasureAsync(string folder, int round)
{
    var start = new ProcessStartInfo("dotnet", [hostProgram, "--app", folder, "--port", "0", "--stop-with-stdin"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    };
    start.Environment["AzureWebJobsStorage"] = azurite.ConnectionString;
    start.Environment["Storage__Images"] = "images";
    start.Environment["Search__Endpoint"] = search.Address;
    start.Environment["Search__ApiKey"] = "local-search-admin-key";
    start.Environment["Search__CertificateFile"] = search.CertificateFile;
    var started = Stopwatch.GetTimestamp();
    using var host = Process.Start(start)!;
    using var http = new HttpClient { BaseAddress = await AddressAsync(host) };
    while (!await AnswersAsync(http))
    {
        await Task.Delay(5);
    }

    var readyIn = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    var work = ProcessTree.Of(host.Id).Where(IsWorker).Sum(WorkOf);
    using var picture = new ByteArrayContent(Picture.Scene((round * 1000) + Array.IndexOf(args, folder), 1200, 900).Jpeg());
    picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
    started = Stopwatch.GetTimestamp();
    using var response = await http.PostAsync("/api/search", picture);
    response.EnsureSuccessStatusCode();
    var firstIn = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    host.StandardInput.Close();
    await host.WaitForExitAsync();
    return (readyIn, work, firstIn);
}

static async Task<Uri> AddressAsync(Process host)
{
    while (await host.StandardOutput.ReadLineAsync() is { } line)
    {
        if (line.StartsWith("ready ", StringComparison.Ordinal))
        {
            _ = host.StandardOutput.ReadToEndAsync();
            return new Uri(line["ready ".Length..]);
        }
    }

    throw new InvalidOperationException("The host ended before it was ready; its messages are above.");
}

static async Task<bool> AnswersAsync(HttpClient http)
{
    using var response = await http.GetAsync("/api/health");
    return response.StatusCode == HttpStatusCode.OK;
}

static bool IsWorker(int id) => File.ReadAllText($"/proc/{id}/cmdline").Contains("--functions-uri", StringComparison.Ordinal);

static double WorkOf(int id)
{
    using var process = Process.GetProcessById(id);
    return process.TotalProcessorTime.TotalMilliseconds;
}

static string Show(List<double> times)
{
    var sorted = times.Order().ToList();
    return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:0} ms ({sorted[0]:0} to {sorted[^1]:0})");
}

static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
