using System.Globalization;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Configuration;

/// <summary>host.json, read as leniently as by a real host: unknown properties are ignored.</summary>
internal sealed record HostFile(IConfiguration Values)
{
    public const string FileName = "host.json";

    private const string Overrides = "AzureFunctionsJobHost__";

    public string RoutePrefix => (Values["extensions:http:routePrefix"] ?? "api").Trim('/');

    public TimeSpan FunctionTimeout =>
        Values["functionTimeout"] switch
        {
            null => TimeSpan.FromMinutes(30),
            "-1" => Timeout.InfiniteTimeSpan,
            var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit > TimeSpan.Zero => limit,
            var text => throw new HostException(
                $"{FileName}: functionTimeout must be a time such as \"00:10:00\", or \"-1\", but is '{text}'."
            ),
        };

    public static HostFile Load(string app)
    {
        var path = Path.Combine(app, FileName);
        if (!File.Exists(path))
        {
            throw new HostException($"{FileName} is missing in {app}: --app must be the app root.");
        }

        try
        {
            return new HostFile(new ConfigurationBuilder().AddJsonFile(path).AddEnvironmentVariables(Overrides).Build());
        }
        catch (InvalidDataException e)
        {
            throw new HostException($"{FileName}: {(e.InnerException ?? e).Message}");
        }
    }
}
