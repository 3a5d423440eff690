using Local;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class LoopbackCallersTests
{
    [Theory]
    [InlineData("GET", "127.0.0.1:7071", null, true)]
    [InlineData("GET", "localhost", null, true)]
    [InlineData("GET", "LOCALHOST:7071", null, true)]
    [InlineData("POST", "[::1]:7071", null, true)]
    [InlineData("GET", "evil.example:7071", null, false)]
    [InlineData("GET", "localhost.evil.example", null, false)]
    [InlineData("GET", "127.0.0.1.evil.example", null, false)]
    [InlineData("GET", "", null, false)]
    [InlineData("POST", "127.0.0.1:7071", "http://127.0.0.1:7071", true)]
    [InlineData("DELETE", "localhost:7071", "http://localhost:7071", true)]
    [InlineData("POST", "127.0.0.1:7071", "http://evil.example", false)]
    [InlineData("POST", "127.0.0.1:7071", "http://127.0.0.1:8080", false)]
    [InlineData("PUT", "127.0.0.1:7071", "null", false)]
    [InlineData("GET", "127.0.0.1:7071", "http://evil.example", true)]
    [InlineData("OPTIONS", "127.0.0.1:7071", "http://evil.example", true)]
    public void Only_local_programs_and_the_service_s_own_pages_are_admitted(string method, string host, string? origin, bool admitted)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString(host));
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        Assert.Equal(admitted, LoopbackCallers.Admits(request, anyOrigin: LoopbackCallers.IsReading(method)));
    }
}
