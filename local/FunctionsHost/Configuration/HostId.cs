using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs.Host.Executors;

namespace FunctionsHost.Configuration;

/// <summary>
/// Identifies this app in the storage account, so that it finds its queue, locks and timers again and does not share them with another app.
/// </summary>
internal sealed partial class HostId(string id) : IHostIdProvider
{
    private const string Setting = "AzureFunctionsWebHost:hostid";

    public static HostId Of(string app, IConfiguration settings) =>
        settings[Setting] switch
        {
            null or "" => new("local-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(app)))[..12]),
            var id when Valid().IsMatch(id) => new(id),
            var id => throw new HostException(
                $"AzureFunctionsWebHost__hostid must be 1 to 32 lower-case letters, digits and single dashes, but is '{id}'."
            ),
        };

    public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult(id);

    [GeneratedRegex("^(?=.{1,32}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Valid();
}
