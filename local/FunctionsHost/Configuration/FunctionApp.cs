using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Configuration;

/// <summary>The app's declarations and settings.</summary>
/// <param name="Host">host.json; AzureFunctionsJobHost__ variables override it.</param>
internal sealed record FunctionApp(string Root, IConfiguration Host, IConfiguration Settings, IReadOnlyList<FunctionDeclaration> Functions)
{
    public string RoutePrefix => (Host["extensions:http:routePrefix"] ?? "api").Trim('/');

    public TimeSpan FunctionTimeout { get; } =
        Host.GetValue("functionTimeout", TimeSpan.FromMinutes(30)) is { Ticks: > 0 } limit ? limit : Timeout.InfiniteTimeSpan;

    public long BodyLimit { get; } = Settings.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", 104_857_600L);

    /// <summary>
    /// Identifies the app in the storage account, so that it finds its queue, locks and timers again and shares them with no other app.
    /// </summary>
    public string HostId =>
        Settings["AzureFunctionsWebHost:hostid"] is { Length: > 0 } id
            ? id
            : "local-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12];

    public static FunctionApp Load(string folder)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            return new FunctionApp(
                root,
                new ConfigurationBuilder()
                    .AddJsonFile(Path.Combine(root, "host.json"))
                    .AddEnvironmentVariables("AzureFunctionsJobHost__")
                    .Build(),
                new ConfigurationBuilder().AddEnvironmentVariables().Build(),
                FunctionDeclaration.Load(Path.Combine(root, "functions.metadata"))
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new HostException($"{e.Message} Is {root} the output of a build of a .NET isolated function app?");
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new HostException($"{e.Message} {e.InnerException?.Message}");
        }
    }
}
