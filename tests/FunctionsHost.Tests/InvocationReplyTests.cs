using System.Net;
using FunctionsHost.Handler;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class InvocationReplyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Outputs":{"x":1},"Logs":null,"ReturnValue":null}""")]
    public void A_JSON_object_is_success(string body) =>
        Assert.Null(InvocationReply.Judge(HttpStatusCode.Created, "application/json", body).Failure);

    [Theory]
    [InlineData(HttpStatusCode.OK, "application/json", "", "empty body")]
    [InlineData(HttpStatusCode.NoContent, null, "", "empty body")]
    [InlineData(HttpStatusCode.OK, "application/json", " null ", "answered null")]
    [InlineData(HttpStatusCode.OK, "application/json", "[1]", "not an object: [1]")]
    [InlineData(HttpStatusCode.OK, "application/json", "{\"a\":", "not JSON")]
    [InlineData(HttpStatusCode.OK, "text/html", "{}", "'text/html' instead of application/json")]
    [InlineData(HttpStatusCode.Redirect, "application/json", "{}", "answered 302: {}")]
    [InlineData(HttpStatusCode.InternalServerError, "text/plain", "first line\nsecond", "answered 500: first line second")]
    public void Everything_else_is_a_failure_that_says_what_came(HttpStatusCode status, string? mediaType, string body, string reason) =>
        Assert.Contains(reason, InvocationReply.Judge(status, mediaType, body).Failure, StringComparison.Ordinal);

    [Fact]
    public void A_long_body_is_quoted_in_part() =>
        Assert.InRange(InvocationReply.Judge(HttpStatusCode.BadRequest, null, new string('x', 100_000)).Failure!.Length, 300, 400);

    [Theory]
    [InlineData("Logs")]
    [InlineData("logs")]
    public void Logs_are_read(string name) =>
        Assert.Equal(["a", "2"], InvocationReply.Judge(HttpStatusCode.OK, "application/json", $$"""{"{{name}}":["a",2]}""").Logs);
}
