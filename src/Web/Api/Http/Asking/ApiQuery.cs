using System.Reflection;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>The query string of a request, checked against what its operation takes. A parameter of an operation is bound to it by its type.</summary>
internal sealed class ApiQuery : IBindableFromHttpContext<ApiQuery>
{
    private readonly IReadOnlyDictionary<QueryParameter, object?> _values;

    private ApiQuery(IReadOnlyDictionary<QueryParameter, object?> values) => _values = values;

    /// <exception cref="InvalidInputException">A parameter is unknown, twice there or not allowed; names every one.</exception>
    public static ValueTask<ApiQuery?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<ApiQuery?>(Read(context.Request.Query, context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>()?.Query ?? []));

    public static ApiQuery Read(IQueryCollection query, IReadOnlyList<QueryParameter> known)
    {
        var faults = new FaultList();
        foreach (var name in query.Keys.Where(name => known.All(p => p.Name != name)))
        {
            faults.Add(Quoting.Short(name), known.Count == 0
                ? "is not a parameter of this operation, which takes none; leave it out."
                : $"is not a parameter of this operation; allowed: {string.Join(", ", known.Select(p => p.Name))}.");
        }

        var values = new Dictionary<QueryParameter, object?>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in known)
        {
            string[] given = [.. query[parameter.Name].OfType<string>().Select(v => v.Trim()).Where(v => v.Length > 0)];
            if (given.Length > 1 && !parameter.IsList)
            {
                faults.Add(parameter.Name, "stands there twice; give it once.");
            }
            else if (given.Length > 0)
            {
                values[parameter] = parameter.ReadAny(string.Join(',', given), faults);
            }
        }

        faults.ThrowIfAny();
        return new ApiQuery(values);
    }

    /// <summary>The parameter's value; null where it is left out.</summary>
    public T? Get<T>(QueryParameter<T> parameter) => _values.TryGetValue(parameter, out var value) ? (T?)value : default;
}
