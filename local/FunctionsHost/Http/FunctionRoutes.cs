using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;

namespace FunctionsHost.Http;

/// <summary>
/// Finds the function for a request as the host in Azure does: functions are sorted by name, ignoring case, and the first matching route
/// and method wins, even if a later one is more specific.
/// </summary>
internal sealed class FunctionRoutes(IEnumerable<FunctionDeclaration> functions, string prefix)
{
    private static readonly DefaultInlineConstraintResolver Resolver = new(
        Options.Create(new RouteOptions()),
        new ServiceCollection().BuildServiceProvider()
    );

    private readonly List<Entry> entries =
    [
        .. functions
            .Where(function => function.IsHttp)
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Select(function => Parse(function, $"{prefix}/{function.Trigger.Route ?? function.Name}".Trim('/'))),
    ];

    /// <param name="path">Decoded except for %2F, as a server provides it.</param>
    public FunctionMatch? Match(string method, PathString path)
    {
        foreach (var (function, route, constraints) in entries)
        {
            var values = new RouteValueDictionary();
            if (
                (function.Trigger.Methods is not { Count: > 0 } methods || methods.Contains(method, StringComparer.OrdinalIgnoreCase))
                && route.TryMatch(path, values)
                && constraints.All(constraint => constraint.Value.Match(null, null, constraint.Key, values, RouteDirection.IncomingRequest))
            )
            {
                return new FunctionMatch(function, values);
            }
        }

        return null;
    }

    private static Entry Parse(FunctionDeclaration function, string route)
    {
        try
        {
            var pattern = RoutePatternFactory.Parse(route);
            var constraints =
                from parameter in pattern.Parameters
                from policy in parameter.ParameterPolicies
                where policy.Content is not null
                let constraint = Resolver.ResolveConstraint(policy.Content!)
                    ?? throw new HostException($"{function.Name}: the route '{route}' has the unknown constraint '{policy.Content}'.")
                select KeyValuePair.Create(parameter.Name, parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint);
            return new Entry(function, new TemplateMatcher(new RouteTemplate(pattern), new(pattern.Defaults)), [.. constraints]);
        }
        catch (RoutePatternException e)
        {
            throw new HostException($"{function.Name}: the route '{route}' is not a route template: {e.Message}");
        }
    }

    private sealed record Entry(
        FunctionDeclaration Function,
        TemplateMatcher Route,
        List<KeyValuePair<string, IRouteConstraint>> Constraints
    );
}

/// <summary>The function for a request, and its route values.</summary>
internal sealed record FunctionMatch(FunctionDeclaration Function, RouteValueDictionary Values);
