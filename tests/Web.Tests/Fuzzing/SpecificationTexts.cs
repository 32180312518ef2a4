using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Stepsize.Web.Tests.Fuzzing;

/// <summary>Texts like specifications: fields that there are and fields that there are not, values that fit, hardly fit and do not, and broken JSON.</summary>
internal static class SpecificationTexts
{
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Elements("0", "1", "-1", "0.1", "10", "1e-320", "5e-324", "1e300", "1e999", "-0.0", "2147483647", "2147483648", "100000000", "99999999999999999999", "1.5", "007", "NaN", "0x10"),
        Gen.Choose(-5, 1000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Choose(-30, 30).Select(n => $"1e{n}"));

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("\"\"", "\" \"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "\"\\n\"", "\"<script>\"", "\"=1+1\"", "\"../../etc/passwd\"", "\"₀\""),
        Gen.Elements(1, 199, 201, 5000).Select(n => $"\"{new string('a', n)}\""),
        ArbMap.Default.GeneratorFor<string>().Select(s => JsonSerializer.Serialize(s ?? "")));

    private static readonly Gen<string> Atom = Gen.Frequency((4, Number), (3, Text), (1, Gen.Elements("null", "true", "false", "[]", "{}")));

    private static readonly Gen<string> Value = Gen.Frequency(
        (8, Atom), (2, List(Atom)), (1, Gen.Elements(1000, 30_000).SelectMany(n => Atom.Select(a => $"[{string.Join(',', Enumerable.Repeat(a, a.Length > 100 ? 10 : n))}]"))),
        (1, Atom.Select(a => string.Concat(Enumerable.Repeat("[", 70)) + a + string.Concat(Enumerable.Repeat("]", 70)))),
        (1, List(Atom.Select(a => $"{{\"a\":{a}}}"))));

    private static readonly Gen<string> Options = Object(
        Gen.Elements("eta", "beta1", "beta2", "epsilon", "granularity", "momentum", "dampening", "delta", "start", "coefficients", "trainLimit", "rows", "columns", "file", "target", "features", "x"), Value, 3);

    private static readonly Gen<string> Row =
        from id in Or(Gen.Elements("\"sgd-constant\"", "\"adagrad-norm\"", "\"adam\"", "\"adaloss\"", "\"wngrad\"", "\"bng\"", "\"adalip\"", "\"none\""), Value)
        from axis in Or(Gen.Elements("null", "\"b0\"", "\"lr\""), Value)
        from values in Or(List(Number), Value)
        from options in Or(Options, Value)
        from more in Gen.Frequency((9, Gen.Constant("")), (1, Value.Select(v => $",\"colour\":{v}")))
        select $"{{\"id\":{id},\"axis\":{axis},\"values\":{values},\"options\":{options}{more}}}";

    private static readonly Gen<string> Field = Gen.OneOf(
        Named("name", Gen.Elements("\"n\"", "\"another\""), Value),
        Named("workload", Gen.Elements("\"quadratic-2d\"", "\"linreg-stochastic\"", "\"mnist-logreg\"", "\"csv-logreg\"", "\"two-layer-relu\"", "\"mnist-lenet\"", "\"none\""), Value),
        Named("workloadOptions", Options, Value),
        Named("optimizers", List(Row), Value),
        Named("seeds", List(Number), Value),
        Named("batchSize", Number, Value),
        Named("epochs", Number, Value),
        Named("iterations", Number, Value),
        Named("evaluateAtEpochs", List(Number), Value),
        Named("evaluateAtIterations", List(Number), Value),
        Named("stopWhenDiverged", Gen.Elements("true", "false"), Value),
        Named("record", Gen.Elements("\"iterates\"", "\"all\""), Value),
        Named("colour", Value, Value),
        ArbMap.Default.GeneratorFor<string>().SelectMany(name => Value.Select(v => $"{JsonSerializer.Serialize(name ?? "")}:{v}")));

    /// <summary>A whole text.</summary>
    public static Gen<string> All { get; } =
        from fields in Gen.Choose(0, 6).SelectMany(n => Gen.ListOf(Field, n))
        from start in Gen.Elements("", "\"name\":\"n\",\"workload\":\"quadratic-2d\",", "\"name\":\"n\",\"workload\":\"quadratic-2d\",\"optimizers\":[{\"id\":\"sgd-constant\",\"values\":[1]}],")
        from broken in Broken($"{{{start}{string.Join(',', fields)}}}")
        select broken;

    private static Gen<string> Broken(string text) => Gen.Frequency(
        (12, Gen.Constant(text)),
        (1, Gen.Choose(0, text.Length).Select(at => text[..at])),
        (1, Gen.Choose(0, text.Length).SelectMany(at => Gen.Elements("\"", "{", "]", ",", ":", "\0", "\ufeff", "//", "/*", "\ud800", "e", "-").Select(piece => text.Insert(at, piece)))),
        (1, Gen.Elements(text + text, text + "]", $"[{text}]", $"\"{text}\"", " " + text + "\n", text.Replace('"', '\''))));

    private static Gen<string> Or(Gen<string> usual, Gen<string> other) => Gen.Frequency((16, usual), (1, other));

    private static Gen<string> Named(string name, Gen<string> usual, Gen<string> other) => Or(usual, other).Select(v => $"\"{name}\":{v}");

    private static Gen<string> List(Gen<string> item) => Gen.Choose(0, 5).SelectMany(n => Gen.ListOf(item, n)).Select(items => $"[{string.Join(',', items)}]");

    private static Gen<string> Object(Gen<string> name, Gen<string> value, int most) =>
        Gen.Choose(0, most).SelectMany(n => Gen.ListOf(name.SelectMany(k => value.Select(v => $"\"{k}\":{v}")), n)).Select(fields => $"{{{string.Join(',', fields)}}}");
}
