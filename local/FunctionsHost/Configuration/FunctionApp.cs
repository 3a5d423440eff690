using System.Text.RegularExpressions;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Configuration;

/// <summary>The app's declarations and settings, validated before anything starts.</summary>
internal sealed partial record FunctionApp(
    string Root,
    HostFile Host,
    IConfiguration Settings,
    IReadOnlyList<FunctionDeclaration> Functions
)
{
    public static FunctionApp Load(string folder)
    {
        var root = Path.GetFullPath(folder);
        var host = HostFile.Load(root);
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var functions = FunctionDeclaration.Load(root).Where(function => !IsDisabled(function.Name, settings)).ToList();
        foreach (var function in functions.Where(function => !function.IsHttp))
        {
            Check(function, settings);
        }

        return new FunctionApp(root, host, settings, functions);
    }

    private static bool IsDisabled(string function, IConfiguration settings) =>
        (settings[$"AzureWebJobs.{function}.Disabled"] ?? settings[$"AzureWebJobs:{function}:Disabled"]) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static void Check(FunctionDeclaration function, IConfiguration settings)
    {
        foreach (var text in ((string[])["path", "queueName", "schedule"]).Select(function.Text).OfType<string>())
        {
            var names = Placeholder().Matches(text).Select(match => match.Groups[1].Value);
            foreach (var name in names.Where(name => string.IsNullOrEmpty(settings[name])))
            {
                throw new HostException($"{function.Name}: '{text}' refers to the app setting '{name}', which is not set.");
            }
        }

        var connection = function.Text("connection") is { Length: > 0 } named ? named : "AzureWebJobsStorage";
        if (
            !((string[])[connection, $"AzureWebJobs{connection}"]).Any(name =>
                settings[name] is { Length: > 0 } || settings.GetSection(name).GetChildren().Any()
            )
        )
        {
            throw new HostException(
                $"{function.Name}: the app setting '{connection}', which holds the storage connection string, is not set."
            );
        }
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
