[assembly: AssemblyFixture(typeof(Packaging.Tests.PublishedApp))]

namespace Packaging.Tests;

/// <summary>The app as azd publishes it.</summary>
public sealed class PublishedApp : PublishedFolder
{
    /// <summary>
    /// The arguments of <c>dotnet publish</c> that azd gives for a service of <c>host: function</c>, and that the images are built with.
    /// </summary>
    public static IReadOnlyList<string> Arguments { get; } = ["publish", "functions", "-c", "Release"];
}
