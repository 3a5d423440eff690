using Serverless.Search;

namespace Functions.Tests.Search;

public sealed class QueryVectorTests
{
    [Fact]
    public void The_sum_has_length_one()
    {
        var query = new QueryVector(2);
        query.Add(new[] { 1f, 0f }, 3);
        query.Add(new[] { 0f, 1f }, 4);
        Assert.Equal([0.6f, 0.8f], query.Unit()!.Value.ToArray());
    }

    [Fact]
    public void Parts_that_cancel_out_give_none()
    {
        var query = new QueryVector(2);
        query.Add(new[] { 1f, 0f }, 1);
        query.Add(new[] { 1f, 0f }, -1);
        Assert.False(query.IsEmpty);
        Assert.Null(query.Unit());
    }
}
