using System.Text.Json;
using Serverless.Hosting;

namespace Functions.Tests.Hosting;

public sealed class InvocationTests
{
    [Theory]
    [InlineData("""{"Metadata":{"name":"\"dir/a b.jpg\""}}""", "dir/a b.jpg")]
    [InlineData("""{"Metadata":{"name":"dir/a b.jpg"}}""", "dir/a b.jpg")]
    [InlineData("""{"Metadata":{"name":"\"say \\\"hi\\\".jpg\""}}""", "say \"hi\".jpg")]
    [InlineData("""{"Metadata":{"name":"\"unfinished"}}""", "\"unfinished")]
    [InlineData("""{"Metadata":{"name":12}}""", null)]
    [InlineData("""{"Metadata":null}""", null)]
    [InlineData("[]", null)]
    public void Text_is_read_whether_it_is_encoded_once_or_twice(string body, string? expected) =>
        Assert.Equal(expected, Read(body).MetadataText("name"));

    [Theory]
    [InlineData("""{"Data":{"message":{"id":"x"}}}""")]
    [InlineData("""{"Data":{"message":"{\"id\":\"x\"}"}}""")]
    [InlineData("""{"Data":{"message":"\"{\\\"id\\\":\\\"x\\\"}\""}}""")]
    public void An_object_is_read_however_often_it_is_encoded(string body) =>
        Assert.Equal("x", Read(body).Object("message")!.Value.GetProperty("id").GetString());

    [Theory]
    [InlineData("""{"Data":{"message":"no json"}}""")]
    [InlineData("""{"Data":{"message":[1]}}""")]
    [InlineData("""{"Data":{}}""")]
    public void What_is_no_object_is_none(string body) => Assert.Null(Read(body).Object("message"));

    private static Invocation Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return new Invocation(document.RootElement.Clone());
    }
}
