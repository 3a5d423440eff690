using FunctionsHost.Storage;

namespace FunctionsHost.Configuration;

/// <summary>Reads one function.json. A binding, direction or property that this host does not have is refused by name.</summary>
internal static class FunctionJson
{
    public const string FileName = "function.json";

    public static string DisplayName(string function) => $"{function}/{FileName}";

    /// <summary>The function, or null where it is disabled.</summary>
    public static Function? Load(string directory, AppSettings settings)
    {
        var name = Path.GetFileName(directory);
        var file = DisplayName(name);
        var root = JsonSection.Load(Path.Combine(directory, FileName), file);
        var disabled = root.Flag("disabled") || root.Flag("excluded") || IsDisabledBySetting(name, settings);
        var bindings = root.Sections("bindings");
        root.Accept("$schema", "generatedBy", "configurationSource", "name", "language");
        root.RefuseOthers();

        var triggers = bindings.Select(binding => ReadTrigger(binding, file, settings)).OfType<Trigger>().ToList();
        if (triggers is not [var trigger])
        {
            throw new HostException($"{file}: exactly one trigger is expected, but there are {triggers.Count}.");
        }

        var outputs = bindings.Count - 1;
        if (trigger is HttpTrigger ? outputs != 1 : outputs != 0)
        {
            throw new HostException(trigger is HttpTrigger
                ? $"{file}: an httpTrigger needs exactly one 'http' binding with the direction 'out' beside it."
                : $"{file}: output bindings are not supported by this host beside a {bindings[0].Text("type")}.");
        }

        return disabled ? null : new Function(name, trigger);
    }

    private static bool IsDisabledBySetting(string name, AppSettings settings) =>
        (settings.Find($"AzureWebJobs.{name}.Disabled") ?? settings.Find($"AzureWebJobs:{name}:Disabled")) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static Trigger? ReadTrigger(JsonSection binding, string file, AppSettings settings)
    {
        var type = binding.RequiredText("type");
        var name = binding.RequiredText("name");
        string Resolved(string property) => settings.Resolve(binding.RequiredText(property), file);

        Trigger? trigger = type.ToLowerInvariant() switch
        {
            "blobtrigger" => new BlobTrigger(name, Resolved("path"), Connection(binding), ReadDeferred(binding), ReadSource(binding)),
            "queuetrigger" => new QueueTrigger(name, Resolved("queueName"), Connection(binding)),
            "timertrigger" => new TimerTrigger(name, Resolved("schedule"), binding.Flag("runOnStartup"), binding.Flag("useMonitor", true)),
            "eventgridtrigger" => new EventGridTrigger(name),
            "httptrigger" => new HttpTrigger(name, ReadRoute(binding, file, settings), ReadMethods(binding), ReadAnonymous(binding)),
            "http" => null,
            _ => throw binding.Error($"the binding type '{type}' is not supported by this host."),
        };

        var expected = trigger is null ? "out" : "in";
        var direction = binding.Text("direction") ?? expected;
        if (!direction.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw binding.Error(
                $"the direction '{direction}' of the {type} binding '{name}' is not supported by this host: use '{expected}'.");
        }

        if (trigger is BlobTrigger or QueueTrigger or HttpTrigger)
        {
            binding.Accept("dataType"); // Every type arrives the same way in a custom handler.
        }

        binding.RefuseOthers();
        return trigger;
    }

    private static string Connection(JsonSection binding) =>
        binding.Text("connection") is { Length: > 0 } name ? name : StorageAccount.DefaultConnection;

    private static bool ReadDeferred(JsonSection binding)
    {
        var properties = binding.Section("properties");
        var deferred = properties.Flag("supportsDeferredBinding");
        properties.RefuseOthers();
        return deferred;
    }

    private static bool ReadSource(JsonSection binding) => binding.Text("source")?.ToLowerInvariant() switch
    {
        null or "logsandcontainerscan" => false,
        "eventgrid" => true,
        _ => throw binding.Wrong("source", "\"LogsAndContainerScan\" or \"EventGrid\""),
    };

    private static string? ReadRoute(JsonSection binding, string file, AppSettings settings) =>
        binding.Text("route") is { } route ? settings.Resolve(route, file).Trim('/') : null;

    private static IReadOnlyList<string> ReadMethods(JsonSection binding) =>
        [.. binding.Texts("methods").Select(method => method.ToUpperInvariant())];

    private static bool ReadAnonymous(JsonSection binding) => (binding.Text("authLevel") ?? "function").ToLowerInvariant() switch
    {
        "anonymous" => true,
        "function" or "admin" => false,
        _ => throw binding.Wrong("authLevel", "\"anonymous\", \"function\" or \"admin\""),
    };
}
