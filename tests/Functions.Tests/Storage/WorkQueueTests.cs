using System.Text.Json;
using Azure.Storage.Queues;
using Serverless.Storage;

namespace Functions.Tests.Storage;

public sealed class WorkQueueTests
{
    private static readonly QueueServiceClient Nowhere = new("UseDevelopmentStorage=true");

    [Fact]
    public void A_message_is_read()
    {
        Assert.Equal(new RecheckMessage("x", 7), new RecheckQueue(Nowhere).Read("""{"id":"x","sequence":7}"""));
        Assert.Equal(new BackfillMessage("x"), new BackfillQueue(Nowhere).Read("""{"id":"x"}"""));
        Assert.Equal(new BackfillSliceMessage("x", 3), new BackfillSliceQueue(Nowhere).Read("""{"id":"x","number":3}"""));
        Assert.Equal(new DescribeMessage("x", "y", 2), new DescribeQueue(Nowhere).Read("""{"id":"x","sha256":"y","attempts":2}"""));
        Assert.Equal(new PartsMessage("x", 1), new PartsQueue(Nowhere).Read("""{"id":"x","attempts":1}"""));
        Assert.Equal(new JobMessage("review", "x"), new JobQueue(Nowhere).Read("""{"kind":"review","id":"x"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind":"review"}""")]
    [InlineData("""{"id":null,"sequence":7}""")]
    public void What_lacks_a_part_is_no_message(string text)
    {
        Assert.ThrowsAny<JsonException>(() => new RecheckQueue(Nowhere).Read(text));
        Assert.ThrowsAny<JsonException>(() => new BackfillQueue(Nowhere).Read(text));
        Assert.ThrowsAny<JsonException>(() => new BackfillSliceQueue(Nowhere).Read(text));
        Assert.ThrowsAny<JsonException>(() => new JobQueue(Nowhere).Read(text));
        Assert.ThrowsAny<JsonException>(() => new DescribeQueue(Nowhere).Read(text));
        Assert.ThrowsAny<JsonException>(() => new PartsQueue(Nowhere).Read(text));
    }
}
