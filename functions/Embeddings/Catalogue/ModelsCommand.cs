using System.Globalization;

namespace Serverless.Embeddings.Catalogue;

/// <summary>The verbs <c>models list</c> and <c>models pull NAME [--int8]</c>.</summary>
internal static class ModelsCommand
{
    private const string Usage = """
        models list                 the models that are known by name
        models pull NAME [--int8]   fetches one into the hub's cache; NAME is a name of the list, or owner/repository[@revision] of the hub
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        return await RunAsync(arguments, HubEnvironment.Read(), http, TimeProvider.System, Console.Out, Console.Error, stop.Token);
    }

    public static async Task<int> RunAsync(
        string[] arguments,
        HubEnvironment environment,
        HttpClient http,
        TimeProvider time,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellation
    )
    {
        try
        {
            switch (arguments)
            {
                case ["list"]:
                    List(environment, output);
                    return 0;
                case ["pull", var name]:
                    await PullAsync(name, ModelPrecision.Full);
                    return 0;
                case ["pull", var name, "--int8"]:
                    await PullAsync(name, ModelPrecision.Int8);
                    return 0;
                default:
                    await errors.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (Exception exception) when (exception is ModelException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped. What was received is kept; pull again to go on.");
            return 130;
        }

        async Task PullAsync(string name, string precision)
        {
            var entry =
                ModelCatalogue.Find(name)
                ?? throw new ModelException(
                    name,
                    $"not a name of the catalogue ({string.Join(", ", ModelCatalogue.Entries.Select(known => known.Name))}) nor a repository like owner/name."
                );
            var puller = new ModelPuller(new HubClient(http, environment, time), environment);
            var folder = await puller.PullAsync(entry, precision, file => new ProgressBar(errors, file.Path, file.Size), cancellation);
            await output.WriteLineAsync($"{name} is in {folder}");
            await output.WriteLineAsync(
                $"Use it with Embedding__Model={name}{(precision == ModelPrecision.Int8 ? " Embedding__Precision=int8" : string.Empty)}"
            );
        }
    }

    private static void List(HubEnvironment environment, TextWriter output)
    {
        foreach (var entry in ModelCatalogue.Entries)
        {
            var here = File.Exists(new HubCache(environment.Cache, entry.Repository).LockFile) ? "pulled" : string.Empty;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Name, -16}{entry.Dimensions, 5}  {entry.Licence, -26}{here, -8}{entry.About} ({entry.Repository})"
                )
            );
        }
    }
}
