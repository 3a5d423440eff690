using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Storage.Blobs;
using Functions.Tests.Ingest;
using Shared;

// dotnet run -c Release --project bench/ColdStart -- FOLDER...
// Each folder is a published app (dotnet publish functions -c Release -r linux-x64 --self-contained -o FOLDER). Starts them in
// turn, each as the Functions host does: how long until it answers, how much processor time that took (which other work on the
// machine changes little), and how long its first picture takes.
const int Rounds = 5;

await using var azurite = await AzuriteProcess.StartAsync();
await using var search = await SearchEmulatorProcess.StartAsync(0);
var images = new BlobContainerClient(azurite.ConnectionString, "images");
await images.CreateIfNotExistsAsync();
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
    Console.WriteLine($"{folder}: ready {Show(ready[folder])}, processor time {Show(processor[folder])}, first picture {Show(first[folder])}, {SizeOf(folder) / 1e6:0} MB");
}

async Task<(double Ready, double Processor, double First)> MeasureAsync(string folder, int round)
{
    var port = FreePort();
    var start = new ProcessStartInfo(Path.Combine(folder, "Functions")) { WorkingDirectory = folder, RedirectStandardOutput = true };
    start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
    start.Environment["AzureWebJobsStorage"] = azurite.ConnectionString;
    start.Environment["Search__Endpoint"] = search.Address;
    start.Environment["Search__ApiKey"] = "local-search-admin-key";
    start.Environment["Search__CertificateFile"] = search.CertificateFile;
    using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    var started = Stopwatch.GetTimestamp();
    using var app = Process.Start(start)!;
    _ = app.StandardOutput.ReadToEndAsync();
    while (!await AnswersAsync(http))
    {
        await Task.Delay(5);
    }

    var readyIn = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    app.Refresh();
    var work = app.TotalProcessorTime.TotalMilliseconds;
    var blob = images.GetBlobClient($"{Guid.NewGuid():N}.jpg");
    await blob.UploadAsync(BinaryData.FromBytes(Picture.Scene((round * 1000) + Array.IndexOf(args, folder), 1200, 900).Jpeg()));
    started = Stopwatch.GetTimestamp();
    using var response = await http.PostAsJsonAsync("/IngestImage", new
    {
        Data = new { blob = new { Version = "1.0", Source = "AzureStorageBlobs" } },
        Metadata = new { Uri = JsonSerializer.Serialize(blob.Uri.AbsoluteUri), name = JsonSerializer.Serialize(blob.Name) },
    }, JsonSerializerOptions.Default);
    response.EnsureSuccessStatusCode();
    var firstIn = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    app.Kill();
    await app.WaitForExitAsync();
    return (readyIn, work, firstIn);
}

static async Task<bool> AnswersAsync(HttpClient http)
{
    try
    {
        using var response = await http.GetAsync("/");
        return response.StatusCode == HttpStatusCode.OK;
    }
    catch (HttpRequestException)
    {
        return false;
    }
}

static string Show(List<double> times)
{
    var sorted = times.Order().ToList();
    return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:0} ms ({sorted[0]:0} to {sorted[^1]:0})");
}

static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
