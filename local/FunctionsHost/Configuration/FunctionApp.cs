using System.Text.RegularExpressions;

namespace FunctionsHost.Configuration;

/// <summary>All that the app root declares, read and checked before anything starts.</summary>
internal sealed partial record FunctionApp(string Root, HostJson Host, AppSettings Settings, IReadOnlyList<Function> Functions)
{
    public static FunctionApp Load(string directory, AppSettings settings)
    {
        var root = Path.GetFullPath(directory);
        if (!Directory.Exists(root))
        {
            throw new HostException($"The app root {root} does not exist.");
        }

        var host = HostJson.Load(root);
        var folders = Directory.GetDirectories(root)
            .Where(folder => File.Exists(Path.Combine(folder, FunctionJson.FileName)))
            .Order(StringComparer.Ordinal)
            .ToDictionary(folder => Path.GetFileName(folder)!, StringComparer.Ordinal);
        foreach (var name in host.Functions.Where(name => !folders.ContainsKey(name)))
        {
            throw new HostException(
                $"{HostJson.FileName}: 'functions' names '{name}', but {FunctionJson.DisplayName(name)} does not exist.");
        }

        foreach (var name in folders.Keys.Where(name => !FunctionName().IsMatch(name)))
        {
            throw new HostException($"{FunctionJson.DisplayName(name)}: a function's name starts with a letter and goes on with "
                + "at most 127 letters, digits, '_' or '-'.");
        }

        foreach (var names in folders.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1))
        {
            throw new HostException($"{FunctionJson.DisplayName(names.First())}: {string.Join(" and ", names)} differ in case only.");
        }

        var functions = folders
            .Where(folder => host.Functions.Count == 0 || host.Functions.Contains(folder.Key))
            .Select(folder => FunctionJson.Load(folder.Value, settings))
            .OfType<Function>()
            .ToList();
        return functions.Count > 0
            ? new FunctionApp(root, host, settings, functions)
            : throw new HostException($"{root} declares no function: there is no enabled */{FunctionJson.FileName}.");
    }

    public IEnumerable<(Function Function, T Trigger)> TriggeredBy<T>() where T : Trigger =>
        from function in Functions where function.Trigger is T select (function, (T)function.Trigger);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex FunctionName();
}
