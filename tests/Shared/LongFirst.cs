using System.Reflection;
using Shared;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongFirst))]

namespace Shared;

/// <summary>What takes long begins first: whatever began last would have the machine for itself in the end.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    // "Test collection for Functions.Tests.Pipeline.RaceTests (id: 0123…)"
    private const string Prefix = "Test collection for ";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderByDescending(collection => IsLong(collection.TestCollectionDisplayName))
                .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal),
        ];

    private static bool IsLong(string collection)
    {
        var name = collection.StartsWith(Prefix, StringComparison.Ordinal) ? collection[Prefix.Length..].Split(' ')[0] : collection;
        return typeof(LongFirst).Assembly.GetType(name)?.GetCustomAttribute<LongAttribute>() is not null;
    }
}
