namespace Functions.Tests.Hosting;

public sealed class ExecutorTests
{
    /// <summary>
    /// The executor that the SDK generates calls public classes; for the functions of this app, which are internal, it makes an invoker
    /// and compiles it anew at every call, which cost more than all other work on a small picture.
    /// </summary>
    [Fact]
    public void No_invoker_is_compiled_at_every_call() =>
        Assert.DoesNotContain(
            typeof(Serverless.Functions.IngestImage).Assembly.GetTypes(),
            type => type.GetInterfaces().Any(one => one.Name == "IFunctionExecutor")
        );
}
