using System.Net;
using System.Net.NetworkInformation;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

/// <summary>The user's shell may be set up for other work.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public async Task Proxies_and_addresses_set_for_other_programs_do_no_harm()
    {
        var environment = new Dictionary<string, string>
        {
            ["HTTP_PROXY"] = "http://127.0.0.1:9",
            ["HTTPS_PROXY"] = "http://127.0.0.1:9",
            ["ALL_PROXY"] = "http://127.0.0.1:9",
            ["ASPNETCORE_URLS"] = "http://0.0.0.0:5999",
            ["ASPNETCORE_HTTP_PORTS"] = "5998",
        };
        await using var stack = await LocalStack.StartAsync(new() { Environment = environment });

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        Assert.DoesNotContain(listeners, listener => listener.Port is 5998 or 5999);
        int[] ours = [stack.Http.BaseAddress!.Port, stack.Search.Endpoint.Port, stack.Blobs.Uri.Port];
        Assert.All(
            listeners.Where(listener => ours.Contains(listener.Port)),
            listener => Assert.True(IPAddress.IsLoopback(listener.Address))
        );
        await stack.StopAsync();
    }
}
