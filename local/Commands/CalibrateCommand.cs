using System.CommandLine;
using System.Globalization;
using Azure;
using Local.Calibration;
using Local.Calibration.Labels;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Startup;

namespace Local.Commands;

/// <summary>
/// Recommends thresholds from the user's own pictures, with the settings of the local run. It reads the storage in
/// <c>AzureWebJobsStorage</c>, or by default that of the running stack.
/// </summary>
internal sealed class CalibrateCommand : Command
{
    private const int Interrupted = 130;
    private const int MostTagged = LabelRun.MostPictures;
    private const string Storage = "AzureWebJobsStorage";
    private const string Text = """
        Makes copies of a sample of your own images, compares them and pairs of different ones as the gate does, and prints precision and
        recall for each threshold. It also measures from where words match a picture, and which labels the model knows. Reads the running
        stack, or the account in AzureWebJobsStorage where that is set. With --tags it measures the labels alone, on images that have tags,
        keywords or a folder named like them: their vectors are in the ledger already.
        """;

    private static readonly CalibrationRequest Defaults = new();

    private readonly SharedOptions shared;
    private readonly TextOption container = new("--container", "NAME", $"A container of the account [default: {Defaults.Container}]");
    private readonly TextOption folder = new("--folder", "DIR", "Pictures from a folder instead");
    private readonly NumberOption sample = new(
        "--sample",
        2,
        10_000,
        $"How many pictures [default: {Defaults.Sample}, every one is embedded 21 times; with --tags {MostTagged:N0}]"
    );
    private readonly Option<double?> falseQuarantine = new("--false-quarantine")
    {
        Description = $"The share of pairs of different pictures that may be called copies [default: {Defaults.FalseQuarantine:0.####}]",
        HelpName = "SHARE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1)
            {
                return share;
            }

            result.AddError($"--false-quarantine takes a share between 0 and 1, not \"{text}\".");
            return null;
        },
    };
    private readonly Option<string> write = new("--write")
    {
        Description =
            "Write the thresholds into a model's thresholds.json [default: that of the model in use], or those of copies into a settings "
            + "file [default for the bundled model and for hosted ones: local.settings.json]",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> tags = new("--tags") { Description = "Measure labels (kinds of pictures, things) instead of copies" };
    private readonly NumberOption seed = new("--seed", 0, int.MaxValue, $"Seed of the random sample [default: {Defaults.Seed}]");

    public CalibrateCommand(SharedOptions shared)
        : base("calibrate", Text)
    {
        this.shared = shared;
        Option[] options = [tags, container, folder, sample, falseQuarantine, write, seed];
        foreach (var option in options)
        {
            Options.Add(option);
        }

        SetAction((parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        Loopback.BypassProxy();
        using var signals = new StopSignals(stopWithStandardInput: false);
        try
        {
            var request = RequestOf(parsed);
            SetEnvironment(request, shared.DataOf(parsed));
            var settings = new Dictionary<string, string?>();
            return parsed.GetValue(tags)
                ? await new LabelRun(request, Screen.Output, Screen.Errors).RunAsync(settings, signals.Requested)
                : await new CalibrationRun(request, Screen.Output, Screen.Errors).RunAsync(settings, signals.Requested);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (LocalRunException exception)
        {
            Steps.Fail(exception.Message);
        }
        catch (RequestFailedException error)
        {
            Screen.Errors.WriteLine(
                $"The container '{parsed.GetValue(container) ?? Defaults.Container}' cannot be read: "
                    + $"{error.ErrorCode ?? error.Message.Split('\n')[0]}. Check AzureWebJobsStorage and --container."
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || StartupError.MessageOf(error) is not null)
        {
            Screen.Errors.WriteLine(StartupError.MessageOf(error) ?? error.Message);
        }

        return 1;
    }

    private CalibrationRequest RequestOf(ParseResult parsed) =>
        new(
            parsed.GetValue(container) ?? Defaults.Container,
            parsed.GetValue(folder),
            parsed.GetValue(sample) ?? (parsed.GetValue(tags) ? MostTagged : Defaults.Sample),
            parsed.GetValue(falseQuarantine) ?? Defaults.FalseQuarantine,
            parsed.GetResult(write) is null ? null : parsed.GetValue(write) ?? DefaultFile(parsed.GetValue(tags)),
            parsed.GetValue(seed) ?? Defaults.Seed
        );

    /// <summary>
    /// The model's own, so that a changed model brings its own thresholds. The bundled model's file belongs to the repository, and a hosted
    /// model has none.
    /// </summary>
    private static string DefaultFile(bool isOfLabels) =>
        isOfLabels || (AppSettings.Provider == EmbeddingOptions.Onnx && AppSettings.Model != ModelFolder.Default)
            ? ThresholdsFile()
            : SettingsFile();

    /// <summary>That of the model in use; of the bundled one that of the repository, which the next build copies.</summary>
    private static string ThresholdsFile()
    {
        var model = AppSettings.Model;
        return Path.Combine(
            model == ModelFolder.Default
                ? Path.Combine(BuiltPrograms.RepositoryRoot, "models", ModelFolder.Default)
                : ModelFolder.Resolve(model, HubEnvironment.Read()),
            ModelThresholds.FileName
        );
    }

    /// <summary>Created as a copy of the sample if it does not exist.</summary>
    private static string SettingsFile()
    {
        var file = Path.Combine(BuiltPrograms.RepositoryRoot, "local.settings.json");
        if (!File.Exists(file))
        {
            File.Copy(Path.Combine(BuiltPrograms.RepositoryRoot, "local.settings.sample.json"), file);
        }

        return file;
    }

    /// <summary>As the app gets it: the user's variables before the settings file, and the chosen storage.</summary>
    private static void SetEnvironment(CalibrationRequest request, string data)
    {
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in AppSettings.Read(BuiltPrograms.RepositoryRoot))
        {
            if (name != Storage && !names.Contains(name))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        if (request.Folder is null && !names.Any(name => name.StartsWith(Storage, StringComparison.OrdinalIgnoreCase)))
        {
            Environment.SetEnvironmentVariable(
                Storage,
                StackFile.Read(data)?.Storage.ConnectionString
                    ?? throw new LocalRunException(
                        $"Nothing runs on {data}: start it first with \"dotnet run --project local\", "
                            + "set AzureWebJobsStorage, or name a --folder."
                    )
            );
        }
    }
}
